import type { ExampleSubmission } from './submission.ts';

export const ministere: ExampleSubmission = {
	key: 'ministere',
	language: 'fr',
	author: 6,
	organisation: 'ministere',
	sector: 'Government',
	region: 'Sénégal',
	title: 'Faciliter, garantir, rendre compte',
	abstract: 'Ce que cent quarante personnes ont dit à Dakar et à Tambacounda, et ce que la Direction en retient.',
	passages: [
		{
			quote:
				'L’État doit d’abord faciliter : réunir les acteurs, garantir que chacun puisse parler, puis rendre compte de ce qu’il a retenu.',
			stances: [
				['raises', 'facilitateur'],
				['supports', 'enabling-framework']
			]
		},
		{
			quote: 'Il revient à l’État de veiller à l’intérêt général là où des accords privés ne le prendraient pas en compte.',
			stances: [
				['supports', 'public-interest'],
				['supports', 'maslaha-amma']
			]
		},
		{
			quote:
				'Nous ne pensons pas que les gouvernements puissent participer exactement au même titre que les autres acteurs, sans aucun droit particulier.',
			stances: [['opposes', 'equal-footing']]
		},
		{
			quote: 'Un débat public oblige à écrire la position, et une position écrite est déjà à moitié comprise.',
			stances: [['supports', 'parlements']]
		},
		{
			quote: 'Un point de contact par pays, joignable la nuit, nous paraît un objectif que l’on peut atteindre en deux ans.',
			stances: [['supports', 'mutual-help']]
		},
		{
			quote:
				'Faire de la culture numérique une matière dès l’école primaire est possible, à condition de former les maîtres d’abord',
			stances: [['supports', 'ecole-numerique']]
		},
		{
			quote: 'Nous demandons que l’écart entre femmes et hommes soit mesuré chaque année, région par région',
			stances: [['raises', 'ecart-femmes-hommes']]
		},
		{
			quote:
				'Investir dans les points d’échange locaux est, à notre connaissance, la dépense publique la plus rentable dans ce domaine.',
			stances: [['supports', 'points-echange']]
		},
		{
			quote: 'Ouvrir une consultation dans les six langues officielles dès le premier jour n’est pas une courtoisie',
			stances: [['supports', 'six-langues']]
		},
		{
			quote: 'un État ne peut souscrire à une obligation dont il ignore l’étendue',
			stances: [['opposes', 'no-mass-surveillance']]
		}
	]
};
