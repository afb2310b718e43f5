const api = '/sign-in/api/passkey';

export function canUsePasskeys(): boolean {
	return typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;
}

/** Signs in with a passkey of this device; false where there is none that fits, or the person broke off. */
export async function signInWithPasskey(): Promise<boolean> {
	return attempt(async () => {
		const options = (await asked('generate-authenticate-options')) as PublicKeyCredentialRequestOptionsJSON;
		const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON({ ...options, userVerification: 'required' });
		const credential = await navigator.credentials.get({ publicKey });
		return credential !== null && (await sent('verify-authentication', { response: json(credential) }));
	});
}

/** Makes a passkey on this device and adds it to the account; false where that did not come about. */
export async function addPasskey(name: string): Promise<boolean> {
	return attempt(async () => {
		const options = (await asked('generate-register-options')) as PublicKeyCredentialCreationOptionsJSON;
		const credential = await navigator.credentials.create({
			publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options)
		});
		return credential !== null && (await sent('verify-registration', { response: json(credential), name }));
	});
}

async function attempt(work: () => Promise<boolean>): Promise<boolean> {
	try {
		return await work();
	} catch (error) {
		// browsers say NotAllowedError for everything that a person may do here: break off, wait too long, have no passkey
		if (error instanceof DOMException || error instanceof NotGranted) return false;
		throw error;
	}
}

class NotGranted extends Error {}

async function asked(path: string): Promise<unknown> {
	const answer = await fetch(`${api}/${path}`);
	if (!answer.ok) throw new NotGranted(String(answer.status));
	return answer.json();
}

async function sent(path: string, body: object): Promise<boolean> {
	const headers = { 'content-type': 'application/json' };
	return (await fetch(`${api}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).ok;
}

function json(credential: Credential): unknown {
	return (credential as PublicKeyCredential).toJSON();
}
