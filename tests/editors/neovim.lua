-- Neovim drives `presend lsp` as a user does who has no plugin: a file is opened, diagnostics appear, a quick fix is
-- applied, and the buffer is right. Works from 0.7 on. The program and the file are in PRESEND and CAMPAIGN.

local function fail(why)
  io.stderr:write(why .. '\n')
  vim.cmd('cquit 1')
end

local function equal(what, found, wanted)
  if not vim.deep_equal(found, wanted) then
    fail(what .. ': ' .. vim.inspect(found) .. ', and not ' .. vim.inspect(wanted))
  end
end

local function wait(what, ready)
  if not vim.wait(20000, ready, 10) then
    fail('waited in vain for ' .. what)
  end
end

local function start(settings)
  local config = { name = 'presend', cmd = { vim.env.PRESEND, 'lsp' }, root_dir = vim.fn.getcwd(), settings = settings }
  -- 0.7 has no `vim.lsp.start`
  if vim.lsp.start then
    return vim.lsp.start(config, { bufnr = 0 })
  end
  local id = vim.lsp.start_client(config)
  wait('the server', function() return vim.lsp.get_client_by_id(id) ~= nil end)
  vim.lsp.buf_attach_client(0, id)
  return id
end

local function of(lint)
  return vim.tbl_filter(function(one) return one.code == lint end, vim.diagnostic.get(0))
end

local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 20000) or {}
  for _, answer in pairs(answers) do
    return answer.result
  end
end

local function test()
  vim.cmd('edit ' .. vim.env.CAMPAIGN)
  local id = start()
  wait('diagnostics', function() return #vim.diagnostic.get(0) > 0 end)
  local found = of('preselected-consent')
  equal('diagnostics', #found, 1)
  found = found[1]
  local line = vim.api.nvim_buf_get_lines(0, found.lnum, found.lnum + 1, true)[1]
  equal('what is marked', line:sub(found.col + 1, found.end_col), 'checked')
  equal('where', { found.lnum, found.severity, found.source }, { 4, vim.diagnostic.severity.ERROR, 'presend' })

  local client = vim.lsp.get_client_by_id(id)
  local encoding = client.offset_encoding
  local at = { line = found.lnum, character = found.user_data.lsp.range and found.user_data.lsp.range.start.character }
  at.character = at.character or select(2, vim.str_utfindex(line, found.col))
  local document = { uri = vim.uri_from_bufnr(0) }
  local hover = ask('textDocument/hover', { textDocument = document, position = at })
  local text = hover and (hover.contents.value or hover.contents)
  if type(text) ~= 'string' or not text:find('preselected-consent', 1, true) then
    fail('hover: ' .. vim.inspect(hover))
  end

  local range = { start = at, ['end'] = at }
  local context = { diagnostics = {}, only = { 'quickfix' } }
  local actions = ask('textDocument/codeAction', { textDocument = document, range = range, context = context }) or {}
  local fix = vim.tbl_filter(function(action) return action.title:find('leave the choice to the reader', 1, true) end, actions)[1]
  if not fix then
    fail('actions: ' .. vim.inspect(actions))
  end
  vim.lsp.util.apply_workspace_edit(fix.edit, encoding)
  equal('the line that was fixed', vim.api.nvim_buf_get_lines(0, 4, 5, true)[1], vim.env.FIXED)
  wait('the diagnostic to go', function() return #of('preselected-consent') == 0 end)
  equal('the file, which was not written', vim.fn.readfile(vim.env.CAMPAIGN)[5], line)

  -- what is typed is checked without being written
  vim.api.nvim_buf_set_lines(0, 4, 5, true, { line })
  wait('the diagnostic to come back', function() return #of('preselected-consent') == 1 end)
  vim.lsp.stop_client(id)
  wait('the server to end', function() return vim.lsp.get_client_by_id(id) == nil end)
end

local fine, why = pcall(test)
if not fine then
  fail(tostring(why))
end
vim.cmd('qall!')
