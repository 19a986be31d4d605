/**
 * Opens {@code winmail.dat}: the TNEF stream (MS-OXTNEF), the MAPI properties and compressed RTF
 * within it (MS-OXRTFCP, MS-OXRTFEX). Any bytes are taken; nothing is read beyond them.
 *
 * <p>Uses nothing of ours; who asks gives the charsets of Microsoft's code pages. No I/O.
 */
@NullMarked
package email.daimon.mime.tnef;

import org.jspecify.annotations.NullMarked;
