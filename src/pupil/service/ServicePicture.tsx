import type { ReactNode } from 'react'
import type { StepUpService } from '../../../server/step-up/rules'

const shapes: Readonly<Record<StepUpService, ReactNode>> = {
  aula: (
    <>
      <path fill="#d6edf7" d="M6 15h52v36H6Z" />
      <path fill="none" d="M6 15l26 21 26-21M6 51l18-21M58 51 40 30" />
    </>
  ),
  wellbeingSurvey: (
    <>
      <circle fill="#ffe9a3" cx="32" cy="32" r="25" />
      <circle className="ink" cx="23" cy="26" r="3" />
      <circle className="ink" cx="41" cy="26" r="3" />
      <path fill="none" strokeWidth="3" d="M19 37q13 14 26 0" />
    </>
  ),
  studyChoicePortfolio: (
    <>
      <path fill="#dcefdc" d="M6 14q0-4 4-4h14l5 7h25q4 0 4 4v29q0 4-4 4H10q-4 0-4-4Z" />
      <path fill="none" d="M6 25h52M22 39h20M35 32l7 7-7 7" />
    </>
  ),
  pupilPlan: (
    <>
      <path fill="#f7e2ee" d="M13 10h38v48H13Z" />
      <path fill="#fff" d="M24 5h16v10H24Z" />
      <path fill="none" d="M20 27l4 4 6-7M36 28h9M20 43l4 4 6-7M36 44h9" />
    </>
  ),
}

/** A service's small picture; its name stands beside it. */
export function ServicePicture({ service }: { service: StepUpService }) {
  return (
    <svg className="picture" viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      {shapes[service]}
    </svg>
  )
}
