/** Every way in which a file can be bad. `line` says where to look, `field` which one it is. */
export const fileFaultCodes = [
  'not_this_protocol',
  'version_unknown',
  'file_type_unknown',
  'name_differs',
  'line_end_wrong',
  'width_wrong',
  'text_not_encoded',
  'control_character',
  'padding_wrong',
  'not_a_number',
  'number_too_large',
  'not_digits',
  'date_invalid',
  'text_too_long',
  'field_count_wrong',
  'field_unknown',
  'record_count_wrong',
  'tail_missing',
  'file_truncated',
  'trailing_bytes',
  'file_too_large',
] as const
export type FileFaultCode = (typeof fileFaultCodes)[number]

export interface FileFault {
  /** From 1; 0: the file as a whole. */
  readonly line: number
  /** As the layout (or the header) names it; null: the line as a whole. */
  readonly field: string | null
  readonly code: FileFaultCode
  readonly detail: string
}

/** More would help nobody to find the cause. */
export const mostFaults = 100
