import './demo.scss'
import { createRoot } from 'react-dom/client'
import type { School } from '../school'
import { DemoPage } from './DemoPage'
import type { DemoLanguage } from './language'

/** Draws the page of both sides in the place of the app. */
export function showDemo(school: School, language: DemoLanguage): void {
  const root = document.getElementById('root')
  if (root) createRoot(root).render(<DemoPage school={school} language={language} />)
}
