#!/usr/bin/env -S node --max-semi-space-size=32
// Plain JavaScript on purpose: it runs before anything is built, and on Node versions that are too
// old, where it has to say so instead of failing with a syntax error.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 20 || (major === 20 && minor < 19)) {
  const needed = 'coffer needs Node 20.19 or newer (22 or 24 recommended)'
  process.stderr.write(`${needed}; this is ${process.version}\n`)
  process.exitCode = 1
} else {
  run(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code
    },
    (error) => {
      process.stderr.write(`${error.stack}\n`)
      process.exitCode = 1
    },
  )
}

/** Brings `dist` up to date when this is a checkout, then hands over to the program in it. */
async function run(argv) {
  const { isCheckout, staleParts } = await import('./lib/source-stamp.js')
  if (isCheckout() && staleParts().length > 0 && !(await upToDate())) return 1
  const { main } = await import('../dist/src/app/main.js')
  return main(argv)
}

/** False when there is nothing that could be run. */
async function upToDate() {
  const { existsSync } = await import('node:fs')
  const { join } = await import('node:path')
  const { root } = await import('./lib/source-stamp.js')
  const { hasTool } = await import('./lib/run-tool.js')
  const isBuilt = existsSync(join(root, 'dist', 'src', 'app', 'main.js'))
  if (isBuilt && !hasTool('typescript')) {
    process.stderr.write('the sources changed, but the build tools are missing: running as built\n')
    return true
  }
  const { build, BuildError } = await import('./lib/build-dist.js')
  try {
    await build()
    return true
  } catch (error) {
    if (!(error instanceof BuildError)) throw error
    process.stderr.write(`${error.message}\n`)
    return false
  }
}
