#!/usr/bin/perl
# Writes a small .mmdb file for the tests.
#
#   make_mmdb.pl LIST FILE
#
# LIST has one network a line: NETWORK|key=value|..., with the keys country, iso, city, asn, org.
# The entries are laid out as MaxMind lays them out; the key flat_country gives a country as a plain
# text instead, as others do. Exit code 77 when the module that writes such files is not installed.
use strict;
use warnings;

eval { require MaxMind::DB::Writer::Tree; 1 } or exit 77;

my ($list, $file) = @ARGV;
my %types = (
    asn => 'uint32', autonomous_system_number => 'uint32',
    autonomous_system_organization => 'utf8_string',
    country => 'map', city => 'map', names => 'map', en => 'utf8_string',
    iso_code => 'utf8_string', country_name => 'utf8_string',
);
my $tree = MaxMind::DB::Writer::Tree->new(
    ip_version => 6, record_size => 24, database_type => 'Test-City-ASN', languages => ['en'],
    description => { en => 'Invented places' }, alias_ipv6_to_ipv4 => 0,
    remove_reserved_networks => 0, # which is all that the tests use
    map_key_type_callback => sub { $types{$_[0]} },
);
open my $in, '<', $list or die "$list: $!";
while (my $line = <$in>) {
    chomp $line;
    my ($network, @pairs) = split /\|/, $line;
    my %x = map { split /=/, $_, 2 } @pairs;
    my %entry;
    $entry{country}{names}{en} = $x{country} if exists $x{country};
    $entry{country}{iso_code} = $x{iso} if exists $x{iso};
    $entry{city}{names}{en} = $x{city} if exists $x{city};
    $entry{country_name} = $x{flat_country} if exists $x{flat_country};
    $entry{autonomous_system_number} = $x{asn} if exists $x{asn};
    $entry{autonomous_system_organization} = $x{org} if exists $x{org};
    $tree->insert_network($network, \%entry);
}
open my $out, '>:raw', $file or die "$file: $!";
$tree->write_tree($out);
close $out or die "$file: $!";
