// The pages: what people see and use in a browser.
import { Hono } from 'hono'
import type { Assets } from '../assets.ts'
import type { Environment } from '../environment.ts'
import { auditPages } from './audit.ts'
import { auditPastPages } from './audit-past.ts'
import { auditSealsPages } from './audit-seals.ts'
import { backupPages } from './backups.ts'
import { dashboardPages } from './dashboard.ts'
import { goodsPages } from './goods.ts'
import { loginPages } from './login.ts'
import { officePages } from './office.ts'
import { passwordLinkPages } from './password-link.ts'
import { reportPages } from './reports.ts'
import { sellingPages } from './selling.ts'
import { setupPages } from './setup.ts'
import { systemPages } from './system.ts'
import { systemAlertsPages } from './system-alerts.ts'
import { systemOperationsPages } from './system-operations.ts'
import { unsubscribePages } from './unsubscribe.ts'

const auditing = [auditPages, auditSealsPages, auditPastPages] as const

/** All pages. */
export function pagesApp(assets: Assets): Hono<Environment> {
  const pages = new Hono<Environment>()
  const rooms = [
    ...sellingPages,
    ...goodsPages,
    ...officePages,
    reportPages,
    systemPages,
    systemAlertsPages,
    systemOperationsPages,
    backupPages,
    ...auditing,
  ]
  for (const part of [loginPages, passwordLinkPages, unsubscribePages, setupPages, dashboardPages, ...rooms])
    pages.route('/', part(assets))
  return pages
}
