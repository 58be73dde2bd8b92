import { addDays, localDateOf } from '#kernel'
import { fileTypes, type FileHeader, type FileType } from './file-layout.ts'

type Named = Pick<FileHeader, 'creator' | 'recipient' | 'date' | 'type' | 'sequence'>

/** `OFD_creator_recipient_YYYYMMDD_type_sequence.TXT`. */
export function fundFileName({ creator, recipient, date, type, sequence }: Named): string {
  const day = date.replaceAll('-', '')
  return `OFD_${creator}_${recipient}_${day}_${type}_${String(sequence).padStart(3, '0')}.TXT`
}

/** What a name says of a file; null when it is not the name of one. */
export function readFundFileName(name: string): Named | null {
  const parts = /^OFD_([0-9A-Z]{1,9})_([0-9A-Z]{1,9})_(\d{8})_(\d{2})_(\d{3})\.TXT$/.exec(name)
  if (parts === null) return null
  const [, creator = '', recipient = '', day = '', typeText = '', number] = parts
  const type = fileTypes.find((one: FileType) => one === typeText)
  const date = day.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
  if (type === undefined || !isDay(date)) return null
  return { creator, recipient, date, type, sequence: Number(number) }
}

function isDay(date: string): boolean {
  const instant = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(instant) && addDays(localDateOf(instant), 0) === date
}
