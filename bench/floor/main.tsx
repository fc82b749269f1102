// The least that any page of ours can cost: the fixed packages, each in use, and one heading.
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import i18next from 'i18next'
import { createRoot } from 'react-dom/client'
import { initReactI18next, useTranslation } from 'react-i18next'
import { BrowserRouter, Link, Route, Routes } from 'react-router'

function Page() {
  const { t } = useTranslation()
  const { data } = useQuery({ queryKey: ['name'], queryFn: async () => 'floor', initialData: 'floor' })
  return (
    <h1>
      <Link to="/">{t('heading', { name: data })}</Link>
    </h1>
  )
}

void i18next.use(initReactI18next).init({
  lng: 'en',
  resources: { en: { translation: { heading: 'This is the {{name}}' } } },
})

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <QueryClientProvider client={new QueryClient()}>
      <BrowserRouter>
        <Routes>
          <Route path="*" element={<Page />} />
        </Routes>
      </BrowserRouter>
    </QueryClientProvider>,
  )
}
