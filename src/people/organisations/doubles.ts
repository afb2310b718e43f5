/**
 * Organisations that are probably the same, or that one poses as, by their names alone; a person decides. Four signs, from the strongest:
 * the same to the eye with letters of another script ("Nоrthlight" with a Cyrillic о), in whatever country;
 * the same words in another order or without legal forms ("Acme Ltd", "ACME Limited"); one is the initials of the other ("ITU");
 * one letter more, less or other in a long name ("Internet Socety").
 */
export interface NamedOrganisation {
	readonly organisationId: string;
	readonly country: string | null;
	/** folded: lower case, no accents, no punctuation */
	readonly names: readonly string[];
}

export interface ProbableDouble {
	readonly one: string;
	readonly other: string;
	readonly sign: 'look-alike' | 'same-words' | 'initials' | 'one-letter';
}

const legalForms = new Set(
	'ltd limited inc incorporated llc plc corp corporation company co gmbh ag sa sas sarl spa srl bv nv ab as oy kk pty foundation ooo oao zao'.split(
		' '
	)
);
const littleWords = new Set('the of for and on in de la le les du des et pour del los las y para der die das und'.split(' '));

/** In time about linear in the number of names: only names that share a key are compared. */
export function probableDoubles(organisations: readonly NamedOrganisation[], most = 100): ProbableDouble[] {
	const found = new Map<string, ProbableDouble>();
	const add = (one: NamedOrganisation, other: NamedOrganisation, sign: ProbableDouble['sign']) => {
		if (one.organisationId === other.organisationId || (sign !== 'look-alike' && areInDifferentCountries(one, other))) return;
		const [first, second] = [one.organisationId, other.organisationId].sort() as [string, string];
		const key = `${first} ${second}`;
		if (!found.has(key)) found.set(key, { one: first, other: second, sign });
	};
	pairs(organisations, asSeen, (one, other) => {
		if (!one.names.some((name) => other.names.includes(name))) add(one, other, 'look-alike');
	});
	pairs(
		organisations,
		(name) => [sameWords(name)],
		(one, other) => add(one, other, 'same-words')
	);
	pairs(organisations, initialsAndShort, (one, other) => add(one, other, 'initials'));
	pairs(organisations, withoutOneLetter, (one, other) => add(one, other, 'one-letter'));
	return [...found.values()].slice(0, most);
}

// small letters whose small or capital form looks like a Latin one: names are folded to small letters, "КТМ" deceives as well
const cyrillic = 'аaвbеeкkмmнhоoрpсcтtуyхxіiјjѕsԁdһhԛqԝwӏi';
const greek = 'αaβbεeζzηhιiκkμmνnοoρpτtυyχx';
const latinSeenIn = new Map(
	[...`${cyrillic}${greek}0o1ili`].flatMap((letter, place, all) => (place % 2 === 0 ? [[letter, all[place + 1]!]] : []))
);

/** The name as the eye takes it. */
function asSeen(name: string): string[] {
	return name.length < 3 ? [] : [[...name].map((letter) => latinSeenIn.get(letter) ?? letter).join('')];
}

/** Ministries of the same name stand in every country. */
function areInDifferentCountries(one: NamedOrganisation, other: NamedOrganisation): boolean {
	return one.country !== null && other.country !== null && one.country !== other.country;
}

function sameWords(name: string): string {
	return words(name).toSorted().join(' ');
}

function words(name: string): string[] {
	const kept = name.split(' ').filter((word) => !legalForms.has(word) && !littleWords.has(word));
	return kept.length > 0 ? kept : name.split(' ');
}

/** A short name stands for itself, a long one for its initials. */
function initialsAndShort(name: string): string[] {
	const all = name.split(' ');
	if (all.length === 1) return name.length >= 3 && name.length <= 8 ? [name] : [];
	const initials = words(name)
		.map((word) => word[0])
		.join('');
	return initials.length >= 3 ? [initials] : [];
}

/** Two names that differ in one letter share a form in which one letter is missing. */
function withoutOneLetter(name: string): string[] {
	const letters = [...name.replaceAll(' ', '')];
	if (letters.length < 9) return [];
	return [letters.join(''), ...letters.map((_, place) => letters.toSpliced(place, 1).join(''))];
}

function pairs(
	organisations: readonly NamedOrganisation[],
	keysOf: (name: string) => string[],
	met: (one: NamedOrganisation, other: NamedOrganisation) => void
): void {
	const byKey = new Map<string, NamedOrganisation[]>();
	for (const organisation of organisations)
		for (const key of new Set(organisation.names.flatMap(keysOf))) {
			const others = byKey.get(key);
			if (!others) byKey.set(key, [organisation]);
			else {
				// a key that hundreds share says nothing
				if (others.length < 20) for (const other of others) met(other, organisation);
				others.push(organisation);
			}
		}
}
