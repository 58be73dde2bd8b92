/** Where one is in a short walk. */
export function StepLine({ steps, at }: { steps: readonly string[]; at: number }) {
  return (
    <ol className="steps">
      {steps.map((step, index) => (
        <li
          key={step}
          className={index < at ? 'is-done' : index === at ? 'is-now' : ''}
          aria-current={index === at ? 'step' : undefined}
        >
          <span className="steps-dot num">{index + 1}</span>
          {step}
        </li>
      ))}
    </ol>
  )
}
