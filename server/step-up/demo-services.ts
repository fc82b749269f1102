import type { StepUpService } from './rules'

/** Stand-ins for what the services hold, in the language of the school that wrote it. */
export const demoContent: Readonly<Record<StepUpService, { title: string; text: string }>> = {
  aula: { title: 'Besked fra skolen', text: 'Vi mødes på torsdag klokken 9 og taler om det, du fortalte.' },
  wellbeingSurvey: { title: 'Trivselsmåling', text: 'Hvordan har du det i din klasse?' },
  studyChoicePortfolio: {
    title: 'Studievalgsportfolio',
    text: 'Det vil jeg gerne prøve: en uge på erhvervsskole.',
  },
  pupilPlan: { title: 'Elevplan', text: 'Mit mål: at læse 20 minutter hver dag.' },
}
