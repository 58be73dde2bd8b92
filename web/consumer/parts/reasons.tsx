import type { Reason } from '#contract'

/** Why the guard did what it did, in sentences. */
export function Reasons({ title, reasons }: { title: string; reasons: readonly Reason[] }) {
  if (reasons.length === 0) return null
  return (
    <div className="reasons">
      <h3>{title}</h3>
      <ul>
        {reasons.map(({ code, sentence }) => (
          <li key={code}>{sentence}</li>
        ))}
      </ul>
    </div>
  )
}
