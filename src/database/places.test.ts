import assert from 'node:assert/strict'
import { chmodSync, chownSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import { createScratchFolder, openInChild, removeScratchFolder } from '#test-support'
import { copyBinaries, findBinaries } from './binaries.ts'
import type { DatabaseConfig } from './database-config.ts'
import { accountForServer, firstClosedTo, isRoot, type OsAccount } from './os-account.ts'
import { runningPostmaster } from './postmaster-pid.ts'

/** Each in a process of its own with a cleared environment. */
describe('the embedded server starts', () => {
  const scratch = createScratchFolder('places')
  let binaries: string

  before(() => {
    const installed = findBinaries()
    const isOpen =
      !isRoot() || !firstClosedTo(accountForServer('/none'), `${installed}/bin/postgres`)
    binaries = isOpen ? installed : copyBinaries(installed, scratch)
  })
  after(() => removeScratchFolder(scratch))

  function folder(path: string, mode: number): string {
    mkdirSync(`${scratch}/${path}`, { recursive: true })
    chmodSync(`${scratch}/${path}`, mode)
    return `${scratch}/${path}`
  }

  async function start(
    config: Partial<DatabaseConfig>,
    account?: OsAccount,
  ): Promise<readonly string[]> {
    const child = openInChild({
      config: {
        checkout: scratch,
        binaries,
        systemDir: `${scratch}/system`,
        durable: false,
        ...config,
      },
      afterwards: 'close',
      ...(account && { account }),
    })
    await child.opened
    await child.ended
    return child.logged
  }

  test('from a shared folder that everybody may write to', async () => {
    const checkout = folder('shared', 0o1777)
    const logged = await start({ checkout })
    const home = isRoot() ? `${scratch}/system` : `${checkout}/.coffer`
    assert.ok(readdirSync(home).length > 0)
    assert.equal(logged.length, isRoot() ? 1 : 0)
  })

  test('when the path is too long for a socket', async () => {
    const dataDir = folder(`long/${'x'.repeat(90)}`, 0o711)
    await start({ dataDir })
    assert.equal(runningPostmaster(`${dataDir}/postgresql`), undefined)
  })

  // What only root can set up; an ordinary user's own cases are the two above.
  if (!isRoot()) return
  const account = accountForServer('/nonexistent')

  test('as root from a checkout below a home that is closed to others', async () => {
    const home = folder('home', 0o700)
    const closed = copyBinaries(binaries, `${home}/coffer/node_modules`)
    chmodSync(home, 0o700)
    const logged = await start({ checkout: `${home}/coffer`, binaries: closed })
    assert.match(logged.join('\n'), /running as root: the database is kept in .*\/system\//)
    assert.match(logged.join('\n'), /programs run from a copy: .*\/system\//)
    const [name = ''] = readdirSync(`${scratch}/system`).filter((entry) =>
      logged.some((line) => line.endsWith(entry)),
    )
    const data = statSync(`${scratch}/system/${name}/postgresql`)
    assert.deepEqual([data.uid, data.mode & 0o777], [account.uid, 0o700])
    assert.equal(statSync(`${scratch}/system/${name}/secret`).mode & 0o777, 0o600)
  })

  test('as root in an empty 0700 folder that COFFER_DATA names', async () => {
    const dataDir = folder('given', 0o700)
    assert.deepEqual(await start({ dataDir }), [])
    assert.equal(statSync(`${dataDir}/postgresql`).uid, account.uid)
  })

  test('as root not where its OS user cannot get to, and says which folder is closed', async () => {
    const closed = folder('closed', 0o700)
    mkdirSync(`${closed}/data`)
    await assert.rejects(start({ dataDir: `${closed}/data` }), (error: Error) => {
      assert.ok(error.message.includes(`"${account.name}"`), error.message)
      assert.ok(error.message.includes(`may not enter ${closed}.`), error.message)
      return true
    })
  })

  test('as a plain user, and goes on as root with the same data', async () => {
    const checkout = folder('plain', 0o700)
    chownSync(checkout, account.uid, account.gid)
    assert.deepEqual(await start({ checkout }, account), [])
    const home = `${checkout}/.coffer`
    assert.deepEqual([statSync(home).uid, statSync(home).mode & 0o777], [account.uid, 0o700])
    assert.deepEqual(await start({ checkout, dataDir: home }), [])
    assert.deepEqual(await start({ checkout }, account), [])
  })

  test('as a plain user not in a folder that belongs to somebody else', async () => {
    const checkout = folder('foreign', 0o755)
    await assert.rejects(start({ checkout }, account), /cannot use the data folder .*EACCES/)
  })
})
