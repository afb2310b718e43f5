import type { ExampleSubmission } from './submission.ts';

export const redSur: ExampleSubmission = {
	key: 'red-sur',
	language: 'es',
	author: 37,
	organisation: 'red-sur',
	sector: 'Technical community',
	region: 'Uruguay',
	title: 'Lo que se ve desde la antena',
	abstract: 'Cuarenta y tres redes comunitarias sobre igualdad, neutralidad, fallos ensayados y consultas por radio.',
	passages: [
		{
			quote: 'conviene sentar a los técnicos en la mesa cuando la norma se redacta, y no cuando ya hay que aplicarla',
			stances: [['raises', 'misma-mesa']]
		},
		{
			quote: 'Los gobiernos deben participar en pie de igualdad y sin derecho a veto.',
			stances: [
				['supports', 'equal-footing'],
				['opposes', 'final-say']
			]
		},
		{
			quote: 'Pedimos además que cada país reúna un foro nacional, con todos los sectores',
			stances: [['supports', 'foro-nacional']]
		},
		{
			quote: 'Sobre el papel de cada sector creemos que debe acordarse tema por tema.',
			stances: [['supports', 'tema-por-tema']]
		},
		{
			quote: 'La neutralidad de la red debe estar en la ley y debe haber una autoridad que la vigile.',
			stances: [['supports', 'neutralidad']]
		},
		{ quote: 'También deben ensayarse los fallos', stances: [['supports', 'exercised-plans']] },
		{
			quote: 'Quien no tiene banda ancha es a quien más le afecta lo que se decide sobre ella.',
			stances: [['supports', 'radio-y-telefono']]
		},
		{ quote: 'Publicar los documentos de trabajo sin contraseña.', stances: [['supports', 'open-documents']] },
		{
			quote: 'No aceptaron casi nada y volvimos a participar, porque alguien nos había leído.',
			stances: [['supports', 'answer-back']]
		}
	]
};
