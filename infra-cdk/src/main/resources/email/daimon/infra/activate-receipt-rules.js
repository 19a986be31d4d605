// Makes our receipt rule set the active one. There is one active set in an account and region, and
// it may be another's: that one is never switched off, and only on request given a rule of ours.
const {SES, DescribeActiveReceiptRuleSetCommand, DescribeReceiptRuleCommand, SetActiveReceiptRuleSetCommand,
  CreateReceiptRuleCommand, UpdateReceiptRuleCommand, DeleteReceiptRuleCommand} = require('@aws-sdk/client-ses');
const ses = new SES({});
const call = (Command, input) => ses.send(new Command(input));
const unless = (...names) => e => { if (!names.some(n => e.name.startsWith(n))) throw e; };

// The physical id tells what was done, and so what a deletion has to undo.
async function apply({ResourceProperties: wanted, PhysicalResourceId: done}) {
  const active = await call(DescribeActiveReceiptRuleSetCommand, {});
  const name = active.Metadata?.Name, ours = wanted.RuleSetName;
  if (name === ours) return `active/${ours}`;
  if (!name || done === `active/${name}`) {
    await call(SetActiveReceiptRuleSetCommand, {RuleSetName: ours});
    return `active/${ours}`;
  }
  if (wanted.JoinOther === 'true') return join(wanted, name, (active.Rules ?? []).map(r => r.Name));
  // It was ours once, and somebody has decided otherwise since: an upgrade or rollback lets it be.
  if (done === `active/${ours}`) return done;
  throw new Error(`Receipt rule set "${name}" is active in this account and region and was left as it is. ` +
    'Deactivate it yourself, or deploy with otherReceiptRules=add to have a rule for this domain added to it, ' +
    'or use another region.');
}

// At the end, for our domain alone: mail that the others' rules take stays theirs.
async function join({RuleSetName, RuleName, Domain}, other, rules) {
  const {Rule} = await call(DescribeReceiptRuleCommand, {RuleSetName, RuleName});
  const input = {RuleSetName: other, Rule: {...Rule, Name: RuleSetName, Recipients: [Domain]}};
  await (rules.includes(RuleSetName)
    ? call(UpdateReceiptRuleCommand, input)
    : call(CreateReceiptRuleCommand, rules.length ? {...input, After: rules.at(-1)} : input));
  return `rule/${other}/${RuleSetName}`;
}

async function undo(done) {
  const [what, set, RuleName] = done.split('/');
  if (what === 'rule') {
    await call(DeleteReceiptRuleCommand, {RuleSetName: set, RuleName}).catch(unless('RuleSetDoesNotExist', 'RuleDoesNotExist'));
  } else if (what === 'active') {
    const active = await call(DescribeActiveReceiptRuleSetCommand, {});
    if (active.Metadata?.Name === set) await call(SetActiveReceiptRuleSetCommand, {});
  }
  return done;
}

exports.handler = async event => {
  const {RequestType, ResponseURL, StackId, RequestId, LogicalResourceId, PhysicalResourceId = 'nothing'} = event;
  const answer = {Status: 'SUCCESS', StackId, RequestId, LogicalResourceId, PhysicalResourceId};
  try {
    answer.PhysicalResourceId = await (RequestType === 'Delete' ? undo(PhysicalResourceId) : apply(event));
  } catch (e) {
    console.error(e);
    Object.assign(answer, {Status: 'FAILED', Reason: e.message});
  }
  const told = await fetch(ResponseURL, {method: 'PUT', body: JSON.stringify(answer), headers: {'content-type': ''}});
  if (!told.ok) throw new Error(`CloudFormation answered ${told.status}`);
};
