/** Tell a customer something, inside a command. */
export { cleanChannels, notify } from './notify.ts'
export { noticeLog, type Channel, type Notice } from './notice.ts'
/** Every sentence we ever say to customers. */
export { templates, wordsOf, type Severity, type TemplateName } from './templates.ts'
/** What a customer was told. */
export { noticesOf, type NoticeView } from './notice-queries.ts'
