// Opens the reports in a folder as a reader would: on a desktop and a phone, in light and dark. Each has to pass axe
// without a violation, may ask for nothing but itself, and may run nothing. Screenshots go beside the reports.
//
//     node check.mjs FOLDER
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const folder = resolve(process.argv[2])
const widths = { desktop: 1280, phone: 390 }
const schemes = ['light', 'dark']
const faults = []

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync',
  ],
})

for (const name of readdirSync(folder).filter((name) => name.endsWith('.html')).sort()) {
  for (const [device, width] of Object.entries(widths)) {
    for (const colorScheme of schemes) {
      await look(name, device, width, colorScheme)
    }
  }
}
await browser.close()
faults.forEach((fault) => console.error(fault))
process.exit(faults.length > 0 ? 1 : 0)

async function look(name, device, width, colorScheme) {
  const view = `${name} (${device}, ${colorScheme})`
  const fault = (what) => faults.push(`${view}: ${what}`)
  // the page's own policy stays in force: axe is brought in by the debugger
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, offline: true })
  const page = await context.newPage()
  const url = pathToFileURL(join(folder, name)).href
  page.on('request', (request) => {
    const asked = request.url()
    if (asked !== url && !asked.startsWith('data:') && asked !== 'about:srcdoc') fault(`asks for ${asked}`)
  })
  page.on('dialog', (dialog) => { fault(`says ${dialog.message()}`); dialog.dismiss() })
  page.on('console', (message) => { if (/pwned/.test(message.text())) fault(`prints ${message.text()}`) })
  await page.goto(url)
  const state = () => page.evaluate(() => ({
    pwned: 'pwned' in window || '__pwned' in window,
    scripts: document.scripts.length,
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }))
  const { pwned, scripts, wide } = await state()
  if (pwned) fault('a script ran')
  if (scripts > 0) fault(`${scripts} scripts`)
  if (wide > 0) fault(`is ${wide} pixels too wide`)
  await page.evaluate(() => document.querySelectorAll('.lints details').forEach((page) => { page.open = true }))
  await page.evaluate(await source())
  const { violations } = await page.evaluate(() => window.axe.run(document, { iframes: false, resultTypes: ['violations'] }))
  for (const { id, help, nodes } of violations) {
    fault(`axe: ${id}: ${help}: ${nodes.slice(0, 3).map((node) => `${node.target} ${node.html.slice(0, 120)}`).join(' | ')}`)
  }
  await page.evaluate(() => document.querySelectorAll('.lints details').forEach((page) => { page.open = false }))
  const shot = join(folder, `${name.replace(/\.html$/, '')}-${device}-${colorScheme}.png`)
  await page.screenshot({ path: shot, fullPage: false })
  await context.close()
}

async function source() {
  const { readFile } = await import('node:fs/promises')
  return readFile(axe, 'utf8')
}
