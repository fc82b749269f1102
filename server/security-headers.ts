/** Sent with every page and file: nothing inline, nothing from elsewhere, framed by nobody. */
export const securityHeaders = headersWith(["frame-ancestors 'none'"], 'DENY')

/** The demo's: one of its pages frames two others of the same origin. No server of a school sends these. */
export const demoSecurityHeaders = headersWith(["frame-ancestors 'self'", "frame-src 'self'"], 'SAMEORIGIN')

function headersWith(frames: readonly string[], frameOptions: 'DENY' | 'SAMEORIGIN'): Record<string, string> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "font-src 'self'",
      "img-src 'self'",
      "connect-src 'self'",
      "worker-src 'self'",
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'self'",
      ...frames,
    ].join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': frameOptions,
  }
}
