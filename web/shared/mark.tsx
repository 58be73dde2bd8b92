/** The chest with its clasp. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 48 48" aria-hidden="true" className="mark">
      <g fill="none" stroke="currentColor" strokeWidth="3.4" strokeLinejoin="round">
        <path d="M7 22C7 13 14 7 24 7s17 6 17 15z" />
        <path d="M7 22h34v15a4 4 0 0 1-4 4H11a4 4 0 0 1-4-4z" />
      </g>
      <circle cx="24" cy="28.5" r="4" fill="#e6a93c" />
      <path d="M24 28v7" stroke="#e6a93c" strokeWidth="3.4" strokeLinecap="round" />
    </svg>
  )
}
