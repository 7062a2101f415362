export async function mayLeave() { return true; }
export async function resume() {}
export async function lastPerson() { return null; }
