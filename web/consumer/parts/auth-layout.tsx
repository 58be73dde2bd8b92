import type { ReactNode } from 'react'
import { Mark } from '../../shared/mark.tsx'
import { texts } from '../texts.ts'

/** The promise on one side, the form on the other. */
export function AuthLayout(props: { title: string; text: string; children: ReactNode }) {
  return (
    <div className="auth">
      <section className="auth-promise">
        <p className="brand">
          <Mark size={32} />
          <span>{texts.brand}</span>
        </p>
        <p className="auth-tagline">{texts.tagline}</p>
        <dl className="auth-points">
          {texts.promises.map(([title, text]) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </section>
      <main className="auth-form">
        <div className="auth-card">
          <h1>{props.title}</h1>
          <p className="auth-text">{props.text}</p>
          {props.children}
        </div>
      </main>
    </div>
  )
}
