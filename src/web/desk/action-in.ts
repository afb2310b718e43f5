/** The address of an action of the page that is open, by which the view stays as it is: its filters, its page. */
export function actionIn(view: string, does: string): string {
	const query = view.split('?')[1];
	return query ? `?${query}&/${does}` : `?/${does}`;
}
