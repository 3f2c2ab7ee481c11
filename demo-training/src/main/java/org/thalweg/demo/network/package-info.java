/** Networks of several scenarios. */
@NullMarked
package org.thalweg.demo.network;

import org.jspecify.annotations.NullMarked;
