// SES's receipt rule sets, as far as the handler asks: its state comes from SES_STATE, and goes back there with the calls.
const fs = require('fs');
const state = JSON.parse(fs.readFileSync(process.env.SES_STATE, 'utf8'));
const failure = name => Object.assign(new Error(name), {name: `${name}Exception`});
const set = name => state.sets[name] ?? (() => { throw failure('RuleSetDoesNotExist'); })();
const position = (rules, name) => rules.findIndex(r => r.Name === name);
const found = (rules, name) => position(rules, name) < 0 ? (() => { throw failure('RuleDoesNotExist'); })() : position(rules, name);

const operations = {
  DescribeActiveReceiptRuleSet: () => state.active ? {Metadata: {Name: state.active}, Rules: set(state.active)} : {},
  SetActiveReceiptRuleSet: ({RuleSetName}) => { if (RuleSetName) set(RuleSetName); state.active = RuleSetName ?? null; },
  DescribeReceiptRule: ({RuleSetName, RuleName}) => ({Rule: set(RuleSetName)[found(set(RuleSetName), RuleName)]}),
  CreateReceiptRule: ({RuleSetName, Rule, After}) => {
    const rules = set(RuleSetName);
    if (position(rules, Rule.Name) >= 0) throw failure('AlreadyExists');
    rules.splice(After ? found(rules, After) + 1 : 0, 0, Rule);
  },
  UpdateReceiptRule: ({RuleSetName, Rule}) => { set(RuleSetName)[found(set(RuleSetName), Rule.Name)] = Rule; },
  DeleteReceiptRule: ({RuleSetName, RuleName}) => { const rules = set(RuleSetName), at = position(rules, RuleName); if (at >= 0) rules.splice(at, 1); },
};

for (const name of Object.keys(operations)) {
  exports[`${name}Command`] = class { constructor(input) { Object.assign(this, {name, input}); } };
}
exports.SES = class {
  async send({name, input}) {
    if (state.fails === name) throw Object.assign(new Error(`${name} is not to be had in this region`), {name: 'AccessDenied'});
    if (!name.startsWith('Describe')) state.calls.push(name);
    const answer = operations[name](input) ?? {};
    fs.writeFileSync(process.env.SES_STATE, JSON.stringify(state));
    return answer;
  }
};
