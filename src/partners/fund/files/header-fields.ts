import type { FileField, HeaderWidths } from './file-layout.ts'

export const fileStart = 'OFDCFDAT'
export const fileEnd = 'OFDCFEND'

/** The lines between the start and the field names. */
export function headerFields(widths: HeaderWidths): (FileField & { name: keyof HeaderWidths })[] {
  return [
    { name: 'version', kind: 'text', width: widths.version },
    { name: 'creator', kind: 'text', width: widths.creator },
    { name: 'recipient', kind: 'text', width: widths.recipient },
    { name: 'date', kind: 'date', width: widths.date },
    { name: 'sequence', kind: 'number', width: widths.sequence },
    { name: 'type', kind: 'digits', width: widths.type },
    { name: 'sender', kind: 'text', width: widths.sender },
    { name: 'receiver', kind: 'text', width: widths.receiver },
    { name: 'fieldCount', kind: 'number', width: widths.fieldCount },
  ]
}

/** The line after the field names. */
export function recordCountField(widths: HeaderWidths): FileField {
  return { name: 'recordCount', kind: 'number', width: widths.recordCount }
}
