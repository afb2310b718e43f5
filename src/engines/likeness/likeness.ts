import { alikeByOpinions, type Column } from './opinions.ts';
import { bySurety, probableSamePoints, type Proposal } from './same-points.ts';
import type { Text } from './text.ts';

/*
 * Which ideas of a topic say the same, and which are about the same matter: from nothing but their words, their translations and what people think of them.
 *
 * The problem. A topic has up to 100,000 ideas in several languages, many of which say one thing in other words; a rapporteur confirms which, and can look at
 * a few hundred pairs, not at five thousand million. So the pairs must be found without comparing all, the nearest must come first, and what may be ticked beforehand
 * must be right.
 *
 * Same points (same-points.ts). A text is two weighted sets: its stems, and the groups of three letters of its words (of Chinese its signs and their
 * pairs), weighted by rarity. Candidates come from a forest of sorted lists of MinHash values (candidates.ts: Broder 1997; Chum, Philbin and Zisserman 2008;
 * Bawa, Condie and Ganesan 2005). Each candidate is compared exactly (comparing.ts): Dice's coefficient by weight (Dice 1945) of the stems, where
 * a word left on one side is matched with the word of the other side that is spelled most alike, and of the groups of letters.
 * Two texts of which one turns round what the other says, or names another number, are set back (meaning.ts). A pair is sure only if each word that tells something
 * stands on both sides, but for slips and endings: another actor, another number, a "not", two words that changed places leave it unticked. This is deliberately
 * strict: a pair that is not ticked costs a look, a wrong one that is ticked puts words into somebody's mouth.
 *
 * Across languages letters tell nothing. A translation of an idea is a text of it like its own; where there is none, the pattern of opinions may hint (opinions.ts).
 * Each proposal says which of the three it rests on.
 *
 * Themes (themes.ts). Latent semantic analysis (Deerwester et al. 1990) brings together ideas whose words are used together; spherical k-means divides
 * them, k by modularity and silhouette together; labels are the words most over-represented (Monroe, Colaresi and Quinn 2008).
 *
 * Similar ideas while somebody types (nearest.ts): an inverted index.
 *
 * What always holds. The same texts in any order, with the same seed, give the same result. Nothing here joins ideas: it proposes. Both ideas of a proposal differ,
 * the lower number first; closeness is 0 to 1.
 *
 * What it costs, with n texts of w words: candidates O(n · w · 192 + n log n · 64), comparisons O(40 n), themes O(n · w · 40 · 5) beside a
 * division of at most 2,000 of them. Measured on one core: bench/agreement/same-points.ts and themes.ts.
 */

/** The pairs that probably say the same, by all evidence: the surest first, then the closest. */
export function samePointsProposed(
	{ texts, columns }: { readonly texts: readonly Text[]; readonly columns: readonly Column[] },
	seed: number,
	progress?: (share: number) => void
): Proposal[] {
	const byWords = probableSamePoints(texts, seed, progress);
	const best = new Map(byWords.map((proposal) => [`${proposal.one} ${proposal.other}`, proposal]));
	// two languages may share a few words: the better evidence is told
	for (const proposal of alikeByOpinions(columns, seed)) {
		const key = `${proposal.one} ${proposal.other}`;
		const known = best.get(key);
		if (!known || bySurety(proposal, known) < 0) best.set(key, proposal);
	}
	return [...best.values()].sort(bySurety);
}
