import { createHash } from 'node:crypto';
import { createChallenge, verifySolution, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';

/** A browser tries some sixty thousand hashes: a second, and nobody has to read a picture. */
const difficulty = { algorithm: 'SHA-256', cost: 1, keyPrefix: '0000' } as const;
const minutes = 10;

/**
 * Small computations that are asked of senders when much comes from one network. Signed with a key of the instance, so that no row is kept;
 * a solution is taken once in each process.
 */
export class Proofs {
	readonly #secret: string;
	readonly #used = new Map<string, number>();

	constructor(key: Buffer) {
		this.#secret = key.toString('base64url');
	}

	challenge(): Promise<Challenge> {
		const expiresAt = new Date(Date.now() + minutes * 60_000);
		return createChallenge({ ...difficulty, deriveKey, expiresAt, hmacSignatureSecret: this.#secret });
	}

	/** @param proof what the form sent: challenge and solution as JSON */
	async isSolved(proof: string): Promise<boolean> {
		const given = proofIn(proof);
		if (!given) return false;
		const { verified } = await verifySolution({ ...given, deriveKey, hmacSignatureSecret: this.#secret }).catch(() => ({
			verified: false
		}));
		return verified && this.#isFirst(given.challenge);
	}

	#isFirst({ parameters }: Challenge): boolean {
		const now = Date.now();
		// in the order of their coming: the oldest expire first
		for (const [name, expires] of this.#used) {
			if (expires > now) break;
			this.#used.delete(name);
		}
		const name = createHash('sha256').update(parameters.nonce).digest('base64url');
		if (this.#used.has(name)) return false;
		this.#used.set(name, now + minutes * 60_000);
		return true;
	}
}

interface Given {
	readonly challenge: Challenge;
	readonly solution: { readonly counter: number; readonly derivedKey: string };
}

function proofIn(text: string): Given | null {
	if (text === '' || text.length > 4000) return null;
	try {
		const given = JSON.parse(text) as Partial<Given> | null;
		const { parameters, signature } = given?.challenge ?? {};
		const isWhole =
			typeof signature === 'string' &&
			typeof parameters?.nonce === 'string' &&
			typeof given?.solution?.counter === 'number' &&
			typeof given.solution.derivedKey === 'string';
		return isWhole ? (given as Given) : null;
	} catch {
		return null;
	}
}
