/** The tables of the café of the launch: how many there were, and who hosted them, is our assumption. All people are invented. */
export const hosts: readonly { readonly name: string; readonly language: 'en' | 'fr' | 'es' }[] = [
	{ name: 'Amina Diallo', language: 'fr' },
	{ name: 'Jonas Lindqvist', language: 'en' },
	{ name: 'Mei Tanaka', language: 'en' },
	{ name: 'Carlos Ibáñez', language: 'es' },
	{ name: 'Priya Nair', language: 'en' },
	{ name: 'Tomasz Zieliński', language: 'en' },
	{ name: 'Fatou Sarr', language: 'fr' },
	{ name: 'Lucía Morales', language: 'es' },
	{ name: 'David Okello', language: 'en' },
	{ name: 'Hélène Garnier', language: 'fr' }
];

/** Of each round, with a break to change tables. */
export const minutesOfRound = 30;
export const minutesBetween = 5;

/** After the café began. */
export const minutesBefore = 10;
