import type { ExampleIdea } from './idea.ts';

export const french: readonly ExampleIdea[] = [
	{
		key: 'facilitateur',
		question: 'role',
		author: 6,
		point: 'L’État doit d’abord faciliter : réunir les acteurs, garantir le débat, puis rendre compte de ce qu’il en a retenu.',
		reception: 'consensus'
	},
	{
		key: 'petits-etats',
		question: 'role',
		author: 7,
		point: 'Que les petits États puissent parler d’une seule voix par leur organisation régionale, sans perdre la leur.',
		reception: { unheardFrom: ['private-sector', 'academia'] }
	},
	{
		key: 'parlements',
		question: 'role',
		author: 41,
		point:
			'Avant chaque grande réunion internationale, le parlement devrait débattre de la position que son gouvernement y défendra.',
		explanation: 'Un débat d’une heure suffit, à condition qu’il soit public et qu’il ait lieu avant le départ de la délégation.',
		reception: 'divided'
	},
	{
		key: 'ecole-numerique',
		question: 'issues',
		author: 42,
		point: 'Faire de la culture numérique une matière scolaire dès le primaire, avec des enseignants formés pour cela.',
		reception: 'consensus'
	},
	{
		key: 'ecart-femmes-hommes',
		question: 'issues',
		author: 30,
		point: 'Mesurer chaque année l’écart entre femmes et hommes dans l’accès à l’Internet, et publier les chiffres par région.',
		reception: 'consensus'
	},
	{
		key: 'points-echange',
		question: 'issues',
		author: 35,
		point: 'Investir dans des points d’échange locaux, pour que le courrier entre deux voisins ne traverse plus l’océan.',
		reception: 'welcome'
	},
	{
		key: 'six-langues',
		question: 'interaction',
		author: 49,
		point:
			'Ouvrir chaque consultation dans les six langues officielles dès le premier jour, et non dans une seule puis les autres.',
		reception: 'consensus'
	},
	{
		key: 'jeunes',
		question: 'interaction',
		author: 28,
		point: 'Réserver dans chaque délégation une place à une personne de moins de trente ans, avec droit de parole.',
		reception: 'welcome'
	},
	{
		key: 'registre-rencontres',
		question: 'interaction',
		author: 41,
		point: 'Tenir un registre public des rencontres entre ministères et entreprises sur les dossiers de l’Internet.',
		reception: { blockedBy: ['private-sector'] }
	}
];
