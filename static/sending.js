// Before a text is sent: asks whether this network sends so much that a small computation is wanted, and does it. Whatever goes wrong, the
// form is sent as it is; the text is then looked at by a moderator first.
const form = document.querySelector('form[data-proof]');

form?.addEventListener('submit', async (event) => {
	const proof = form.elements.namedItem('proof');
	if (proof.value !== '' || event.submitter?.formAction.endsWith('/preview')) return;
	event.preventDefault();
	try {
		const answer = await fetch('/proof');
		if (answer.status === 200) {
			const challenge = await answer.json();
			proof.value = JSON.stringify({ challenge, solution: await solved(challenge.parameters) });
		}
	} catch {
		// it goes without
	}
	// a value, so that the form does not ask twice
	if (proof.value === '') proof.value = '-';
	form.requestSubmit(event.submitter);
});

// coming back with the back button, a computation that was used is of no use
addEventListener('pageshow', () => {
	const proof = form?.elements.namedItem('proof');
	if (proof) proof.value = '';
});

async function solved({ nonce, salt, keyPrefix }) {
	const [before, start] = [bytesOf(salt), bytesOf(nonce)];
	const text = new Uint8Array(before.length + start.length + 4);
	text.set(before);
	text.set(start, before.length);
	const counterAt = new DataView(text.buffer);
	const deadline = performance.now() + 20_000;
	for (let counter = 0; performance.now() < deadline; counter++) {
		counterAt.setUint32(before.length + start.length, counter, false);
		const derivedKey = hexOf(new Uint8Array(await crypto.subtle.digest('SHA-256', text)));
		if (derivedKey.startsWith(keyPrefix)) return { counter, derivedKey };
	}
	return null;
}

function bytesOf(hex) {
	return Uint8Array.from(hex.match(/../g), (pair) => Number.parseInt(pair, 16));
}

function hexOf(bytes) {
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
