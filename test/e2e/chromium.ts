import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { inflate } from '@sparticuz/chromium'
import { chromium, type Browser } from 'playwright-core'
import { checkout } from './checkout.ts'

const require = createRequire(import.meta.url)
const archives = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br']

/**
 * Nothing but this machine can be reached, whatever a page or the browser itself asks for: names
 * are not resolved, and background services that phone home are off.
 */
const offline = [
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
  '--no-proxy-server',
  '--disable-domain-reliability',
  '--no-pings',
]
const plain = ['--font-render-hinting=none', '--disable-gpu', '--no-zygote']

/** A browser out of its npm package: nothing has to be installed, and root may run it. */
export async function launchChromium(): Promise<Browser> {
  const folder = await unpackedChromium()
  const executablePath = join(folder, 'chromium')
  return chromium.launch({
    executablePath,
    // Root has no sandbox to hide in; the pages are our own.
    chromiumSandbox: false,
    args: [...offline, ...plain],
    env: {
      ...process.env,
      ...librariesFor(executablePath, join(folder, 'al2023', 'lib')),
      FONTCONFIG_PATH: join(folder, 'fonts'),
      HOME: folder,
    },
  })
}

/** A bare system has no NSS: then the package's own libraries are used. */
function librariesFor(executable: string, ownFolder: string): Record<string, string> {
  const listed = spawnSync('ldd', [executable], { encoding: 'utf8' })
  if (listed.status === 0 && !listed.stdout.includes('not found')) return {}
  const usual = process.env['LD_LIBRARY_PATH'] ?? ''
  return { LD_LIBRARY_PATH: usual === '' ? ownFolder : `${ownFolder}:${usual}` }
}

/**
 * The folder with the unpacked browser, in the checkout's cache and kept between runs. It appears
 * by a rename, whole or not at all: test files unpack at the same time.
 */
async function unpackedChromium(): Promise<string> {
  const home = dirname(dirname(require.resolve('@sparticuz/chromium')))
  const manifest = readFileSync(join(home, 'package.json'), 'utf8')
  const { version } = JSON.parse(manifest) as { version: string }
  const cache = join(checkout, '.cache')
  const folder = join(cache, `chromium-${version}`)
  if (existsSync(folder)) return folder
  mkdirSync(cache, { recursive: true })
  const draft = mkdtempSync(join(cache, 'chromium-draft-'))
  try {
    await inflateInto(draft, join(home, 'bin'))
    renameSync(draft, folder)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    // Another test file was faster.
    if (!existsSync(folder)) throw error
  }
  return folder
}

/** The package unpacks into the temporary folder, whichever that is at the moment. */
async function inflateInto(folder: string, source: string): Promise<void> {
  const usual = process.env['TMPDIR']
  process.env['TMPDIR'] = folder
  try {
    await Promise.all(archives.map((archive) => inflate(join(source, archive))))
  } finally {
    if (usual === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = usual
  }
}
