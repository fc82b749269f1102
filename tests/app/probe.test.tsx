import { test } from 'vitest'
import { CLASS_2A, renderApp } from './render-app'
import { row, textOf } from './verbs'
test('probe', async () => {
    const app = await renderApp({ at: CLASS_2A, as: 'lone4821' })
    const log = (s: string) => process.stdout.write(`${s} ${Date.now() % 100000} ${textOf(row('Asta Holm'))}\n`)
    row('Asta Holm').addEventListener('click', (e) => log(`click ${e.detail}`), true)
    await app.doubleClick(app.rowButton('Vis brugernavn', 'Asta Holm'))
    log('after')
    await app.doubleClick(app.rowButton('Giv ny adgangskode', 'Asta Holm'))
    log('after')
})
