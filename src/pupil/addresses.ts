import type { StepUpService } from '../../server/step-up/rules'
import { paths } from '../paths'

/** The demo services by the word that stands in the address, in the order of the start page. */
const slugs = {
  aula: 'aula',
  wellbeingSurvey: 'trivselsmaaling',
  studyChoicePortfolio: 'studievalgsportfolio',
  pupilPlan: 'elevplan',
} as const satisfies Record<StepUpService, string>

export const services: readonly StepUpService[] = [
  'aula',
  'wellbeingSurvey',
  'studyChoicePortfolio',
  'pupilPlan',
]

export const addressOf = (service: StepUpService): string => `${paths.pupil.to()}/${slugs[service]}`

/** The service of an address; undefined where it has none. */
export const serviceOf = (slug: string | undefined): StepUpService | undefined =>
  services.find((service) => slugs[service] === slug)
