// What the demo company sells: sixty products of a Mozambican neighbourhood shop, with prices in metical as they are on the shelf.

export interface DemoProduct {
  readonly sku: string
  readonly name: string
  readonly category: string
  readonly unit: string
  readonly decimals: number
  /** Minor units, tax included. */
  readonly price: number
  /** Minor units, without tax. */
  readonly cost: number
  readonly taxRate: number
  /** How often it is asked for, against the others. */
  readonly popularity: number
}

type Entry = readonly [name: string, price: number, cost: number, popularity: number, unit?: 'un' | 'kg']

const shelf = (category: string, code: string, taxRate: number, entries: readonly Entry[]): readonly DemoProduct[] =>
  entries.map(([name, price, cost, popularity, unit = 'un'], at) => ({
    sku: `${code}-${String(at + 1).padStart(3, '0')}`,
    name,
    category,
    unit,
    decimals: unit === 'kg' ? 3 : 0,
    price: price * 100,
    cost: cost * 100,
    taxRate,
    popularity,
  }))

const standard = 1600
const exempt = 0

export const assortment: readonly DemoProduct[] = [
  ...shelf('Mercearia', 'MER', standard, [
    ['Açúcar castanho Xinavane 1 kg', 95, 68, 12],
    ['Açúcar branco 2 kg', 185, 134, 7],
    ['Óleo alimentar Fula 1 L', 165, 118, 10],
    ['Óleo alimentar girassol 5 L', 790, 585, 3],
    ['Massa esparguete 500 g', 62, 42, 8],
    ['Massa cotovelo 500 g', 60, 41, 5],
    ['Feijão nhemba 1 kg', 120, 82, 6],
    ['Feijão manteiga 1 kg', 145, 101, 5],
    ['Amendoim pilado 500 g', 110, 74, 4],
    ['Sal iodado 1 kg', 35, 22, 5],
    ['Caldo de galinha 12 cubos', 75, 51, 6],
    ['Tomate pelado 400 g', 85, 58, 5],
    ['Sardinha em lata 155 g', 70, 47, 8],
    ['Atum em óleo 170 g', 135, 95, 5],
    ['Leite em pó 400 g', 420, 312, 3],
    ['Chá Gurué 100 saquetas', 160, 108, 4],
    ['Café solúvel 100 g', 240, 171, 3],
    ['Bolacha Maria 200 g', 55, 36, 9],
    ['Piripiri sacana 250 ml', 130, 84, 3],
    ['Castanha de caju 200 g', 260, 178, 3],
  ]),
  ...shelf('Cereais e pão', 'CER', exempt, [
    ['Arroz extra 1 kg', 75, 58, 14],
    ['Arroz extra 25 kg', 1690, 1395, 3],
    ['Farinha de milho branca 5 kg', 285, 228, 6],
    ['Farinha de milho 1 kg', 62, 48, 9],
    ['Farinha de trigo 1 kg', 70, 54, 6],
    ['Pão de forma', 98, 72, 8],
    ['Pão carcaça', 12, 8, 20],
  ]),
  ...shelf('Bebidas', 'BEB', standard, [
    ['Água mineral Namaacha 500 ml', 35, 21, 15],
    ['Água mineral Namaacha 1,5 L', 60, 39, 12],
    ['Água mineral 5 L', 130, 88, 6],
    ['Refrigerante cola 330 ml', 50, 34, 13],
    ['Refrigerante laranja 330 ml', 50, 34, 9],
    ['Sumo de manga Compal 1 L', 175, 124, 5],
    ['Sumo de goiaba 200 ml', 45, 30, 6],
    ['Cerveja 2M 550 ml', 90, 64, 11],
    ['Cerveja Laurentina Preta 330 ml', 85, 61, 6],
    ['Vinho tinto de mesa 750 ml', 480, 338, 2],
    ['Leite UHT meio gordo 1 L', 115, 86, 7],
    ['Iogurte líquido morango 500 ml', 120, 86, 4],
  ]),
  ...shelf('Frescos', 'FRE', exempt, [
    ['Tomate', 80, 52, 12, 'kg'],
    ['Cebola', 75, 49, 11, 'kg'],
    ['Batata reno', 65, 42, 10, 'kg'],
    ['Banana', 60, 36, 7, 'kg'],
    ['Carapau congelado', 190, 138, 6, 'kg'],
    ['Frango congelado', 245, 186, 7, 'kg'],
    ['Ovos, uma dúzia', 150, 112, 8],
  ]),
  ...shelf('Higiene', 'HIG', standard, [
    ['Sabonete 175 g', 65, 42, 8],
    ['Pasta de dentes 75 ml', 105, 70, 5],
    ['Papel higiénico 4 rolos', 120, 82, 7],
    ['Pensos higiénicos 8 un.', 95, 63, 4],
    ['Fraldas tamanho M 20 un.', 540, 402, 2],
    ['Creme corporal 400 ml', 230, 155, 3],
    ['Champô 400 ml', 260, 181, 2],
  ]),
  ...shelf('Limpeza', 'LIM', standard, [
    ['Sabão em barra 1 kg', 140, 98, 7],
    ['Detergente em pó 1 kg', 210, 149, 6],
    ['Lixívia 1 L', 75, 48, 5],
    ['Esponja de cozinha 3 un.', 60, 36, 3],
  ]),
  ...shelf('Casa', 'CAS', standard, [
    ['Pilhas AA 4 un.', 150, 96, 3],
    ['Carvão vegetal, saco', 420, 310, 4],
    ['Fósforos 10 caixas', 55, 34, 5],
  ]),
]
