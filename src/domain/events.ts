// Every fact of the business in one place: the catalogues for the codec, and the map from type to data for projections and reactors.
import type { RecordedEvent } from '../kernel/event.ts'
import { type AccessEvents, accessEvents } from './access/events.ts'
import {
  type AlertEvents,
  type AlertGroupEvents,
  type AlertingEvents,
  alertEvents,
  alertGroupEvents,
  alertingEvents,
} from './alerts/events.ts'
import { type BackupEvents, backupEvents, type RestoreEvents, restoreEvents } from './backups/events.ts'
import { type CashEvents, cashEvents } from './cash/events.ts'
import { type ClaimEvents, claimEvents } from './claims/events.ts'
import { type CustomerEvents, customerEvents } from './customers/events.ts'
import { type SeriesEvents, seriesEvents } from './fiscal/events.ts'
import { type LocationEvents, locationEvents } from './locations/events.ts'
import { type MailEvents, mailEvents, type SuppressionEvents, suppressionEvents } from './mail/events.ts'
import {
  type InboxEvents,
  inboxEvents,
  type NotificationEvents,
  notificationEvents,
  type PreferenceEvents,
  preferenceEvents,
} from './notifications/events.ts'
import { type PasswordLinkEvents, passwordLinkEvents } from './password-links/events.ts'
import { type PersonEvents, personEvents, type RosterEvents, rosterEvents } from './people/events.ts'
import { type ProductEvents, productEvents } from './products/events.ts'
import {
  type OrderNumberEvents,
  orderNumberEvents,
  type PurchaseOrderEvents,
  purchaseOrderEvents,
} from './purchasing/events.ts'
import { type RequestEvents, requestEvents } from './requests/events.ts'
import { type SaleEvents, saleEvents } from './sales/events.ts'
import { type SealEvents, sealEvents } from './seals/events.ts'
import { type LoginEvents, loginEvents, type SessionEvents, sessionEvents } from './sessions/events.ts'
import { type SettingsEvents, settingsEvents } from './settings/events.ts'
import { type StockEvents, stockEvents } from './stock/events.ts'
import { type SupplierEvents, supplierEvents } from './suppliers/events.ts'
import { type TaskEvents, taskEvents } from './tasks/events.ts'

export const catalogues = [
  accessEvents,
  alertEvents,
  alertGroupEvents,
  alertingEvents,
  backupEvents,
  cashEvents,
  claimEvents,
  customerEvents,
  inboxEvents,
  locationEvents,
  loginEvents,
  mailEvents,
  notificationEvents,
  orderNumberEvents,
  passwordLinkEvents,
  personEvents,
  preferenceEvents,
  productEvents,
  purchaseOrderEvents,
  requestEvents,
  restoreEvents,
  rosterEvents,
  saleEvents,
  sealEvents,
  seriesEvents,
  sessionEvents,
  settingsEvents,
  stockEvents,
  supplierEvents,
  suppressionEvents,
  taskEvents,
] as const

/** From the name of every event type to its data. */
export type DomainEvents = AccessEvents &
  AlertEvents &
  AlertGroupEvents &
  AlertingEvents &
  BackupEvents &
  CashEvents &
  ClaimEvents &
  CustomerEvents &
  InboxEvents &
  LocationEvents &
  LoginEvents &
  MailEvents &
  NotificationEvents &
  OrderNumberEvents &
  PasswordLinkEvents &
  PersonEvents &
  PreferenceEvents &
  ProductEvents &
  PurchaseOrderEvents &
  RequestEvents &
  RestoreEvents &
  RosterEvents &
  SaleEvents &
  SealEvents &
  SeriesEvents &
  SessionEvents &
  SettingsEvents &
  StockEvents &
  SupplierEvents &
  SuppressionEvents &
  TaskEvents

/** A recorded event of the given type. */
export type Recorded<Type extends keyof DomainEvents> = RecordedEvent<Type, DomainEvents[Type]>
