// The demo company besides its products: who it is, where it sells, who delivers and who buys. All invented.
import type { NewCompany } from '../commands/settings.ts'

export const company: NewCompany = {
  name: 'Mercado Caminho, Lda.',
  nuit: '400123454',
  address: 'Av. Eduardo Mondlane 1420, Maputo',
  phone: '+258 84 300 1420',
  email: 'geral@caminho.test',
  currency: 'MZN',
  timeZone: 'Africa/Maputo',
  taxRates: [
    { name: 'IVA 16 %', rate: 1600 },
    { name: 'Isento', rate: 0 },
  ],
}

export const locations = [
  { code: 'MPT', name: 'Loja da Baixa', kind: 'shop', tills: 2, address: 'Av. 25 de Setembro 910, Maputo' },
  { code: 'MTL', name: 'Loja da Matola', kind: 'shop', tills: 1, address: 'Av. da União Africana 77, Matola' },
  { code: 'ARM', name: 'Armazém central', kind: 'warehouse', tills: 1, address: 'Estrada do Zimpeto, km 12, Maputo' },
] as const

/** Each delivers some of the categories. */
export const suppliers = [
  { name: 'Distribuidora do Sul', nuit: '400987653', leadDays: 3, categories: ['Mercearia', 'Cereais e pão'] },
  { name: 'Bebidas de Moçambique', nuit: '400555125', leadDays: 2, categories: ['Bebidas'] },
  { name: 'Hortícolas de Boane', nuit: '400318778', leadDays: 1, categories: ['Frescos'] },
  { name: 'Lar & Limpo Comercial', nuit: '400770018', leadDays: 4, categories: ['Higiene', 'Limpeza', 'Casa'] },
] as const

export const customers = [
  { name: 'Restaurante Zambi Novo', nuit: '400662101', phone: '+258 84 511 2001' },
  { name: 'Pensão Polana Baixa', nuit: null, phone: '+258 82 330 4410' },
  { name: 'Escola Primária do Alto Maé', nuit: null, phone: '+258 21 400 118' },
  { name: 'Amélia Chissano Tembe', nuit: '100123452', phone: '+258 84 220 7731' },
  { name: 'Zacarias Mondlane', nuit: '108234113', phone: '+258 86 771 0042' },
  { name: 'Fátima Issufo', nuit: '110765231', phone: '+258 87 650 1190' },
  { name: 'Ernesto Guambe', nuit: '104555128', phone: '+258 84 908 3321' },
  { name: 'Celeste Matusse', nuit: '120330195', phone: '+258 82 114 5567' },
  { name: 'Anselmo Cuamba', nuit: null, phone: '+258 84 670 2218' },
  { name: 'Rosa Langa', nuit: null, phone: '+258 86 201 9934' },
] as const

/** Departments that tasks can be given to. */
export const departments = ['Caixa', 'Armazém', 'Compras'] as const
