// The frame around the gallery's sample pages, and a little goods to fill them.
import type { Theme } from '../../views/document.ts'
import type { Frame } from '../../views/layout.ts'
import type { Locale } from '../../views/locales/index.ts'
import { placesFor } from '../../views/places.ts'
import { readerFor } from '../../views/reader.ts'

/** A frame as a manager sees it. */
export const sampleFrame = (assets: Frame['assets'], locale: Locale, theme: Theme): Frame => {
  const reader = readerFor({ locale })
  return {
    reader,
    theme,
    assets,
    person: { name: 'Graça Machava', role: reader.t('people.role.manager') },
    location: { name: 'Loja da Baixa', href: '/profile' },
    places: placesFor(() => true),
    commands: [{ href: '/till', label: reader.t('dashboard.new-sale'), icon: 'plus' }],
  }
}

export type Sample = {
  readonly id: string
  readonly sku: string
  readonly name: string
  readonly category: string
  readonly unit: string
  readonly decimals: number
  readonly price: number
  readonly onHand: number
  readonly reorderPoint: number
}

const goods: readonly (readonly [string, string, string, string, number, number, number, number])[] = [
  ['ARZ-005', 'Arroz Bela 5 kg', 'Mercearia', 'saco', 0, 48_500, 64, 20],
  ['OLE-001', 'Óleo de girassol Fino 1 L', 'Mercearia', 'garrafa', 0, 14_200, 12, 24],
  ['FAR-010', 'Farinha de milho Top Score 10 kg', 'Mercearia', 'saco', 0, 62_000, 31, 10],
  ['TOM-000', 'Tomate fresco', 'Frescos', 'kg', 3, 8_000, 18_450, 5_000],
  ['CAP-001', 'Capulana estampada 2 m', 'Têxteis', 'peça', 0, 45_000, 0, 6],
  ['CAJ-200', 'Castanha de caju torrada 200 g', 'Mercearia', 'pacote', 0, 32_500, 140, 30],
  ['SAB-004', 'Sabão azul e branco, barra', 'Higiene', 'barra', 0, 5_500, 210, 60],
  ['AGU-015', 'Água da Namaacha 1,5 L', 'Bebidas', 'garrafa', 0, 6_000, 95, 48],
]

export const products: readonly Sample[] = goods.map(
  ([sku, name, category, unit, decimals, price, onHand, reorderPoint]) => ({
    id: sku.toLowerCase(),
    sku,
    name,
    category,
    unit,
    decimals,
    price,
    onHand,
    reorderPoint,
  }),
)
