/**
 * The CDK app: the stack of template.yaml, and around it domain, certificate, alarms, dashboard and
 * budget. It may use the CDK and the exceptions of shared-model; nothing may use it.
 */
@NullMarked
package email.daimon.infra;

import org.jspecify.annotations.NullMarked;
