package dev.lamina.data;

/// Two parts of a data set.
///
/// @param train what is learned from
/// @param test what is only looked at
public record Split(Dataset train, Dataset test) {}
