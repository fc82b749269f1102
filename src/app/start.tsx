import { createRoot } from 'react-dom/client'
import { startI18n } from '../i18n/start'
import { App } from './App'
import { createQueryClient } from './query-client'

/** Draws the app once its texts are here. */
export async function startApp(root: HTMLElement): Promise<void> {
  await startI18n()
  createRoot(root).render(<App queryClient={createQueryClient()} />)
}
