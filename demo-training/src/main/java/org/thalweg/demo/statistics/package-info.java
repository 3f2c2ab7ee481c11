/** Statistics of scenarios that compare many networks or many probes. */
@NullMarked
package org.thalweg.demo.statistics;

import org.jspecify.annotations.NullMarked;
