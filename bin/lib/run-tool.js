import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './source-stamp.js'

/** True when a development tool is installed (`npm ci --omit=dev` leaves them out). */
export function hasTool(packageName) {
  return existsSync(join(root, 'node_modules', packageName, 'package.json'))
}

/** The JavaScript file behind a package's command, so that no shell or `.bin` link is needed. */
function toolPath(packageName, command) {
  const manifest = join(root, 'node_modules', packageName, 'package.json')
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'))
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[command])
}

/**
 * Runs a tool, `[package, command]` of node_modules, in the checkout and gathers what it says.
 * Returns { code, output, seconds }; never rejects for a failing tool.
 */
export function runTool([packageName, command], args, env = {}) {
  return runNode([toolPath(packageName, command), ...args], env)
}

/** Runs Node itself in the checkout, gathering stdout and stderr together. */
export function runNode(args, env = {}) {
  const startedAt = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text))
    child.stderr.setEncoding('utf8').on('data', (text) => (output += text))
    child.on('error', reject)
    child.on('close', (code, signal) => {
      const seconds = (performance.now() - startedAt) / 1000
      const ending = signal === null ? '' : `\nended by ${signal}\n`
      resolve({ code: code ?? 1, output: output + ending, seconds })
    })
  })
}
