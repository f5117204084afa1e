// The scenario's filters as fuel-soap and sfmc-sdk take them.
export function filter(part) {
  if (part.left)
    return {
      leftOperand: filter(part.left),
      operator: part.operator,
      rightOperand: filter(part.right),
    };
  // They have no DateValue: what their users do is this.
  const rightOperand = part.dates ?? part.values;
  return { leftOperand: part.property, operator: part.operator, rightOperand };
}
