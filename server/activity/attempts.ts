import type { Context } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { ActivityAction } from './entry'

/**
 * What a request to each route attempts, known before anything of the request is checked: so a request that is
 * refused early (from another site, with a malformed body) is in the log like any other. Reading who is signed in
 * or what is out of order is refused to nobody.
 */
const attempts: Readonly<Record<string, ActivityAction>> = {
  'POST /api/session/username': 'signIn',
  'POST /api/session': 'signIn',
  'POST /api/session/keep-alive': 'keepSession',
  'DELETE /api/session': 'signOut',
  'POST /api/session/second-factor/codes': 'sendSecondFactorCode',
  'POST /api/session/second-factor': 'giveSecondFactor',
  'GET /api/schools/:institutionId/pupils': 'listPupils',
  'GET /api/schools/:institutionId/pupils/:pupilId': 'readPupil',
  'POST /api/pupil/session/username': 'signIn',
  'POST /api/pupil/session': 'signIn',
  'POST /api/pupil/session/keep-alive': 'keepSession',
  'DELETE /api/pupil/session': 'signOut',
  'POST /api/pupil/new-password/suggestion': 'setPassword',
  'POST /api/pupil/new-password/check': 'setPassword',
  'POST /api/pupil/new-password': 'setPassword',
  'POST /api/pupil/new-password/postponement': 'postponePassword',
  'GET /api/classes': 'listClasses',
  'GET /api/classes/:classId': 'listPupils',
  'GET /api/pupils': 'listPupils',
  'POST /api/pupils/username-reveals': 'revealUsername',
  'POST /api/pupils/username-copies': 'copyUsername',
  'POST /api/pupils/username-slips': 'printSlips',
  'POST /api/pupils/class-lists': 'printClassList',
  'POST /api/pupils/exports': 'exportPupils',
  'POST /api/pupils/password-resets': 'giveNewPassword',
  'POST /api/pupils/password-reset-cancellations': 'cancelNewPassword',
  'POST /api/pupils/step-ups': 'stepUp',
  'POST /api/pupils/step-up-ends': 'endStepUp',
  'GET /api/activity': 'listActivity',
  'POST /api/activity/exports': 'exportActivity',
  'POST /api/pupils/policies': 'setPolicy',
  'POST /api/pupils/blocks': 'blockPupil',
  'POST /api/pupils/unblocks': 'unblockPupil',
  'GET /api/events': 'listPupils',
  'GET /api/step-up-requests': 'listPupils',
  'POST /api/pupil/step-up-requests': 'askForStepUp',
  'GET /api/pupil/step-up-requests/latest': 'followStepUpRequest',
  'DELETE /api/pupil/step-up-requests/:id': 'withdrawStepUpRequest',
  'GET /api/pupil/services/:service': 'openService',
  'GET /api/pupil/events': 'followStepUpRequest',
  // Approving or declining: the body tells; until it is read, what asks for more is assumed.
  'POST /api/step-up-requests/decisions': 'approveStepUpRequest',
}

export function attemptOf(c: Context): ActivityAction | undefined {
  for (const { method, path } of matchedRoutes(c)) {
    const action = attempts[`${method} ${path}`]
    if (action) return action
  }
  return undefined
}
