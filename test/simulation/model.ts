// The simplest thing that a shop could be: numbers in maps. It allows or forbids, and adds up; it knows no events.

export interface Sold {
  readonly id: string
  readonly productId: string
  readonly quantity: number
  readonly total: number
  readonly document: string
  readonly till: number
  readonly cash: boolean
}

interface Drawer {
  readonly id: string
  expected: number
  open: boolean
}

/** A shop of one location. Each method says whether what it is told can have happened now, and then takes it in. */
export class Model {
  readonly stock: Map<string, number>
  /** Sales that have not been taken back. */
  readonly sales = new Map<string, Sold>()
  /** The open drawer of each till. */
  readonly drawers = new Map<number, Drawer>()
  /** All cash sessions there were. */
  readonly sessions = new Map<string, Drawer>()
  readonly documents = new Set<string>()
  revenue = 0
  /** Of what was taken in last. */
  position = -1n

  constructor(stock: Readonly<Record<string, number>>) {
    this.stock = new Map(Object.entries(stock))
  }

  sell(sale: Sold): boolean {
    const left = this.#onHand(sale.productId) - sale.quantity
    if (left < 0 || !this.#issue(sale.document)) return false
    this.stock.set(sale.productId, left)
    this.sales.set(sale.id, sale)
    this.revenue += sale.total
    this.#settle(sale, sale.total)
    return true
  }

  /** `document`: the credit note of a refund; a void has none. */
  takeBack(id: string, total: number, document: string | undefined): boolean {
    const sale = this.sales.get(id)
    if (!sale || total !== sale.total || (document !== undefined && !this.#issue(document))) return false
    this.sales.delete(id)
    this.receive(sale.productId, sale.quantity)
    this.revenue -= total
    this.#settle(sale, -total)
    return true
  }

  receive(productId: string, quantity: number): boolean {
    this.stock.set(productId, this.#onHand(productId) + quantity)
    return true
  }

  count(productId: string, counted: number): boolean {
    this.stock.set(productId, counted)
    return true
  }

  openDrawer(till: number, id: string, expected: number): boolean {
    if (this.drawers.has(till)) return false
    const drawer = { id, expected, open: true }
    this.drawers.set(till, drawer)
    this.sessions.set(id, drawer)
    return true
  }

  moveCash(id: string, amount: number, expected: number): boolean {
    const drawer = this.sessions.get(id)
    if (!drawer?.open || drawer.expected + amount < 0) return false
    drawer.expected += amount
    return drawer.expected === expected
  }

  closeDrawer(id: string, expected: number): boolean {
    const drawer = this.sessions.get(id)
    if (!drawer?.open || drawer.expected !== expected) return false
    drawer.open = false
    for (const [till, each] of this.drawers) if (each === drawer) this.drawers.delete(till)
    return true
  }

  #onHand(productId: string): number {
    return this.stock.get(productId) ?? 0
  }

  #issue(document: string): boolean {
    if (this.documents.has(document)) return false
    this.documents.add(document)
    return true
  }

  #settle({ cash, till }: Sold, amount: number): void {
    const drawer = this.drawers.get(till)
    if (cash && drawer) drawer.expected += amount
  }
}
