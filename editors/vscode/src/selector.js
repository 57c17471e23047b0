// Which buffers the server is told of: by language, and by names that a folder walk of presend knows, too.

const languages = [
  'html', 'eml', 'email', 'mail', 'mjml', 'handlebars', 'mustache', 'liquid', 'jinja', 'jinja-html', 'django-html', 'nunjucks', 'twig',
  'html.erb', 'erb', 'ejs', 'blade', 'razor', 'aspnetcorerazor',
];

const extensions = [
  'eml', 'mime', 'rfc822', 'msg', 'html', 'htm', 'xhtml', 'mjml', 'hbs', 'handlebars', 'mustache', 'liquid', 'jinja', 'jinja2', 'j2', 'njk',
  'twig', 'erb', 'ejs', 'tpl', 'tmpl', 'gohtml', 'ftl', 'vm', 'cshtml', 'blade.php',
];

const byLanguage = ['file', 'untitled'].flatMap((scheme) => languages.map((language) => ({ scheme, language })));

const selector = [...byLanguage, { scheme: 'file', pattern: `**/*.{${extensions.join(',')}}` }];

module.exports = { selector, languages };
