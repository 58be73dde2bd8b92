/** A migrated database of its own per test file; `drop()` throws when connections leaked. */
export { testDatabase, type TestDatabase } from './database.ts'
/** One cluster per test run; for bin/test.js. */
export { startTestCluster, stopTestCluster, type TestCluster } from './database.ts'
export { createScratchFolder, removeScratchFolder } from './scratch-folder.ts'
/** A database opened by a process of its own, to be killed, multiplied, or run as another user. */
export { openInChild, type DatabaseChild } from './child-process.ts'
