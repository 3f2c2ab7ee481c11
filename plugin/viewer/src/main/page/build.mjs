/** Makes the page: one HTML file with code, styles and licences in it, whose policy allows this code and nothing else. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '../resources/org/thalweg/viewer/page.html');

async function bundled(entry) {
  const { outputFiles } = await build({
    absWorkingDir: here,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
    charset: 'utf8',
  });
  // Neither may end the element that it stands in.
  return outputFiles[0].text.trim().replaceAll('</script', '<\\/script').replaceAll('</style', '<\\/style');
}

/** A digest of everything that the page is made from, by which a test sees that it was made again after a change. */
async function digestOfSources() {
  const digest = createHash('sha256');
  const entries = await readdir(here, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(here, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'))
    .filter((name) => !name.startsWith('node_modules/') && !name.startsWith('test/'));
  for (const name of files.sort()) {
    digest.update(`${name}\n`).update(await readFile(join(here, name)));
  }
  return digest.digest('base64');
}

const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const script = await bundled('src/main.js');
const style = await bundled('style.css');
const licences = await Promise.all(
  ['three', 'uplot'].map(async (name) => {
    const text = await readFile(join(here, 'node_modules', name, 'LICENSE'), 'utf8');
    return `${name}:\n\n${text.trim()}`;
  }),
);
const policy = [
  "default-src 'none'",
  `script-src ${hash(script)}`,
  `style-src ${hash(style)}`,
  "connect-src 'self'",
  'img-src data: blob:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

// A function as replacement: code is full of $ signs, which would mean something in a string.
const html = (await readFile(join(here, 'index.html'), 'utf8'))
  .replace('<!--policy-->', () => `<meta http-equiv="Content-Security-Policy" content="${policy}" />`)
  .replace('<!--sources-->', `<meta name="sources" content="${await digestOfSources()}" />`)
  .replace('<!--style-->', () => `<style>${style}</style>`)
  .replace(
    '<!--script-->',
    () =>
      `<!-- The code below contains libraries under these licences.\n\n${licences.join('\n\n')}\n-->\n    <script>${script}</script>`,
  );

await mkdir(dirname(target), { recursive: true });
await writeFile(target, html);
console.log(`${target}: ${Math.round(Buffer.byteLength(html) / 1000)} KB`);
