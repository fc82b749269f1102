import { onlineManager } from '@tanstack/react-query'
import { cleanup, configure } from '@testing-library/react'
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest'
import { server } from '../mocks/node'
import { drawFor } from '../src/api/client'
import { noteOperatingStatus } from '../src/api/operating-status'
import { leaveForGood } from '../src/app/forget'
import { createQueryClient } from '../src/app/query-client'
import { forgetLastPage } from '../src/ui/PageHeading'
import { complaints, listenForComplaints } from './app/complaints'
import { countRequests, forgetRequests, settle, startTime, stopTime } from './app/time'

let stopCounting: () => void

configure({
  // After each thing a person does the page comes to rest.
  asyncWrapper: async (work) => {
    const result = await work()
    await settle()
    return result
  },
})

beforeAll(() => {
  server.listen({ onUnhandledRequest: 'error' })
  stopCounting = countRequests()
})

beforeEach(() => {
  stopTime()
  listenForComplaints()
  vi.stubGlobal('scrollTo', () => undefined)
  vi.stubGlobal('CSS', { escape: (text: string) => text.replace(/[^\w-]/g, '\\$&') })
  // The platform's own would go by a clock that tests cannot hold.
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(new DOMException('The operation timed out.', 'TimeoutError')), ms)
    return controller.signal
  })
})

afterEach(async () => {
  await settle()
  cleanup()
  forgetTheApp()
  startTime()
  server.resetHandlers()
  expect(complaints(), 'what the page has said on the console').toEqual([])
})

afterAll(() => {
  stopCounting()
  server.close()
})

/** What the app keeps outside React: a document of its own would begin without it. */
function forgetTheApp() {
  drawFor(null)
  leaveForGood(createQueryClient())
  forgetLastPage()
  noteOperatingStatus(new Response())
  onlineManager.setOnline(true)
  forgetRequests()
  localStorage.clear()
  sessionStorage.clear()
  history.replaceState(null, '', '/')
  document.title = ''
}
