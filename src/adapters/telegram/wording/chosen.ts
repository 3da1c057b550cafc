/** The label of a button, ticked where it is what holds now. */
export const chosen = (isChosen: boolean, label: string): string => (isChosen ? `✓ ${label}` : label);
