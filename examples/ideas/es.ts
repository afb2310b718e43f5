import type { ExampleIdea } from './idea.ts';

export const spanish: readonly ExampleIdea[] = [
	{
		key: 'foro-nacional',
		question: 'role',
		author: 36,
		point: 'Cada país debería reunir un foro nacional con todos los sectores antes de fijar su posición internacional.',
		explanation: 'En los países donde ya existe, el gobierno llega a las reuniones con menos sorpresas y más propuestas.',
		reception: 'welcome'
	},
	{
		key: 'tema-por-tema',
		question: 'role',
		author: 43,
		point: 'El papel de cada sector debe acordarse tema por tema, y no de una vez para siempre.',
		reception: 'welcome'
	},
	{
		key: 'mismos-derechos',
		question: 'role',
		author: 21,
		point:
			'Los derechos que protegen a una persona en la calle deben protegerla también en la red; al Estado le toca garantizarlo.',
		reception: 'consensus'
	},
	{
		key: 'lenguas-indigenas',
		question: 'issues',
		author: 30,
		point: 'Hacer las campañas de seguridad en la red también en lenguas indígenas, con quienes las hablan.',
		reception: { unheardFrom: ['private-sector', 'intergovernmental'] }
	},
	{
		key: 'neutralidad',
		question: 'issues',
		author: 24,
		point: 'La neutralidad de la red debe estar en la ley, con una autoridad que la vigile.',
		reception: { blockedBy: ['private-sector'] }
	},
	{
		key: 'auditoria',
		question: 'issues',
		author: 15,
		point: 'Que una entidad independiente revise cada año en qué se gasta el presupuesto de ciberseguridad, y que lo publique.',
		reception: 'welcome'
	},
	{
		key: 'radio-y-telefono',
		question: 'interaction',
		author: 26,
		point: 'Consultar también por radio comunitaria y por teléfono: quien no tiene banda ancha es a quien más afecta.',
		reception: 'consensus'
	},
	{
		key: 'sorteo',
		question: 'interaction',
		author: 44,
		point: 'Invitar por sorteo a cincuenta ciudadanos de cada región para que deliberen dos días y digan qué les importa.',
		reception: 'divided'
	},
	{
		key: 'misma-mesa',
		question: 'interaction',
		author: 37,
		point: 'Sentar a los técnicos en la mesa cuando se redacta la norma, y no cuando ya hay que aplicarla.',
		reception: 'welcome'
	}
];
