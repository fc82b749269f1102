import { render, screen, within } from '@testing-library/react'
import { MemoryRouter } from 'react-router'
import { expect, test } from 'vitest'
import da from '../../locales/da/missingPupil.json'
import en from '../../locales/en/missingPupil.json'
import { MissingPupil } from '../../src/features/pupils/MissingPupil'
import { keepLanguage } from '../../src/i18n/language'
import { missingPupilTexts } from '../../src/i18n/missing-pupil-texts'
import { alsoLoad, startI18n } from '../../src/i18n/start'
import { textOf } from './verbs'

test.each([
  ['da', da],
  ['en', en],
] as const)('every cause with what to check, in order: %s', async (language, words) => {
  keepLanguage(language)
  await startI18n()
  await alsoLoad(missingPupilTexts)
  render(<MissingPupil />, { wrapper: MemoryRouter })
  screen.getByRole('heading', { level: 2, name: words.title })
  const items = within(screen.getByRole('list')).getAllByRole('listitem').map(textOf)
  const { title: _, lead, more, ...causes } = words
  expect(items).toEqual(Object.values(causes).map(({ cause, check }) => `${cause} ${check}`))
  screen.getByText(lead)
  expect(screen.getByRole('link', { name: more }).getAttribute('href')).toBe('/hjaelp/mangler-en-elev')
})
